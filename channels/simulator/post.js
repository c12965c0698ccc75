// One call to this machine's own provider: JSON there and back, and what went over the wire shown below.
export async function post(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body)
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(answer.problem || `It answered ${response.status}.`)
  document.getElementById('wire').textContent = answer.twiml
  return answer
}
