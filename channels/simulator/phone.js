// The mobile phone: texts to the signed webhook, and what Doorstep texts first. Each number has a thread of its own,
// which this tab keeps when the page is loaded again.
import { post } from './post.js'

const at = (id) => document.getElementById(id)
const [texts, box, form, from, media, cost] = ['texts', 'text', 'text-form', 'text-from', 'text-media', 'text-cost'].map(at)
const KEPT = 'doorstep-try-texts'
const NUMBER = 'doorstep-try-number'
const threads = kept()

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT)) || {}
  } catch {
    return {}
  }
}

function thread(number) {
  threads[number] ||= { bubbles: [], seen: '', pence: 0 }
  return threads[number]
}

function draw({ who, text, meta }) {
  const bubble = document.createElement('p')
  bubble.className = `bubble ${who}`
  const speaker = document.createElement('span')
  speaker.className = 'hidden'
  speaker.textContent = who === 'mine' ? 'You: ' : who === 'theirs' ? 'Them: ' : ''
  bubble.append(speaker, text)
  if (meta) {
    const line = document.createElement('span')
    line.className = 'meta'
    line.textContent = meta
    bubble.append(line)
  }
  texts.append(bubble)
  texts.scrollTop = texts.scrollHeight
  return bubble
}

function count(number) {
  cost.textContent = `Its texts to this number cost the council ${thread(number).pence.toFixed(0)}p so far.`
}

function show(number, bubble) {
  thread(number).bubbles.push(bubble)
  sessionStorage.setItem(KEPT, JSON.stringify(threads))
  if (from.value !== number) return null
  count(number)
  return draw(bubble)
}

const parts = (sent) => `${sent.segments} segment${sent.segments === 1 ? '' : 's'} · ${sent.encoding}`

function received(number, text, note) {
  thread(number).pence += text.pence
  show(number, { who: 'theirs', text: text.text, meta: [parts(text), `${text.pence}p`, note].filter(Boolean).join(' · ') })
}

function open() {
  texts.replaceChildren()
  for (const bubble of thread(from.value).bubbles) draw(bubble)
  count(from.value)
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  const [number, body, pictures] = [from.value, box.value, media.checked ? 1 : 0]
  if (!body.trim() && !pictures) return box.focus()
  box.value = ''
  media.checked = false
  box.focus()
  const mine = { who: 'mine', text: body || '(a picture, and no words)', meta: pictures && body ? 'with a picture' : '' }
  const drawn = show(number, mine)
  drawn?.setAttribute('data-waiting', 'yes')
  try {
    const answer = await post('/try/text', { from: number, body, media: pictures })
    if (answer.answered_by_twilio) show(number, { who: 'note', text: 'Twilio itself confirms this; Doorstep says nothing.' })
    answer.texts.forEach((text, index) => received(number, text, index === 0 ? `${answer.ms} ms` : ''))
  } catch (error) {
    show(number, { who: 'problem', text: error.message })
    box.value = box.value || body
  } finally {
    drawn?.removeAttribute('data-waiting')
  }
})

box.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault()
    form.requestSubmit()
  }
})

from.addEventListener('change', () => {
  sessionStorage.setItem(NUMBER, from.value)
  open()
})

async function look() {
  const number = from.value
  const { seen } = thread(number)
  const response = await fetch(`/try/inbox?${new URLSearchParams({ number, seen })}`)
  if (!response.ok) return
  for (const text of await response.json()) {
    thread(number).seen = text.sid
    received(number, text, 'sent first by Doorstep')
  }
}

// One look at a time: a slow one must not be overtaken, or a text would be shown twice.
async function keepLooking() {
  await look().catch(() => {})
  setTimeout(keepLooking, 1500)
}

from.value = sessionStorage.getItem(NUMBER) || from.value
open()
keepLooking()
