// The mobile phone: texts to the signed webhook, and what Doorstep texts first.
import { post } from './post.js'

const texts = document.getElementById('texts')
const box = document.getElementById('text')
const form = document.getElementById('text-form')
const from = document.getElementById('text-from')
const media = document.getElementById('text-media')
const cost = document.getElementById('text-cost')
const seen = {}
let pence = 0

function show(who, text, meta) {
  const bubble = document.createElement('li')
  bubble.className = `bubble ${who}`
  bubble.textContent = text
  if (meta) {
    const line = document.createElement('span')
    line.className = 'meta'
    line.textContent = meta
    bubble.append(line)
  }
  texts.append(bubble)
  texts.scrollTop = texts.scrollHeight
}

function received(text, note) {
  const parts = text.segments === 1 ? '1 segment' : `${text.segments} segments`
  pence += text.pence
  show('theirs', text.text, [parts, text.encoding, `${text.pence}p`, note].filter(Boolean).join(' · '))
  cost.textContent = `Replies so far cost the council ${pence.toFixed(1)}p.`
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const body = box.value
  box.value = ''
  box.focus()
  show('mine', body || '(no words)', media.checked ? 'with a picture' : '')
  try {
    const answer = await post('/try/text', { from: from.value, body, media: media.checked ? 1 : 0 })
    answer.texts.forEach((text, at) => received(text, at === 0 ? `${answer.ms} ms` : ''))
  } catch (error) {
    show('problem', error.message)
    box.value = box.value || body
  }
})

box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault()
    form.requestSubmit()
  }
})

async function look() {
  const number = from.value
  const response = await fetch(`/try/inbox?number=${encodeURIComponent(number)}&seen=${seen[number] || 0}`)
  if (!response.ok) return
  for (const text of await response.json()) {
    seen[number] = (seen[number] || 0) + 1
    received(text, 'sent by itself')
  }
}

setInterval(() => look().catch(() => {}), 2000)
