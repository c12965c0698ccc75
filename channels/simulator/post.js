// One call to this machine's own provider: JSON there and back, and what went over the wire shown below.
const NOBODY = 'Nothing answers: is Doorstep still running?'

export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body)
  }).catch(() => { throw new Error(NOBODY) })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(answer.problem || `It answered ${response.status}.`)
  document.getElementById('posted').textContent = answer.posted
  document.getElementById('wire').textContent = answer.twiml
  return answer
}
