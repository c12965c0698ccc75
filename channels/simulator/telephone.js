// The telephone: it plays what the TwiML says, and answers each <Gather> by speech, by key or by silence.
import { Keypad } from './keypad.js'
import { post } from './post.js'
import { aloud, ears, quiet } from './speech.js'

const at = (id) => document.getElementById(id)
const [screen, listens, speech] = ['screen', 'listens', 'speech'].map(at)
const keypad = new Keypad([...document.querySelectorAll('#keys button')], at('keyed'), at('done'), (keys) => {
  keys ? answer({ keys }, keys) : silence()
})
let call = null
let gather = null

function line(text, who = '', language = '') {
  const paragraph = document.createElement('p')
  paragraph.className = who
  if (who === 'mine') {
    const you = document.createElement('span')
    you.className = 'hidden'
    you.textContent = 'You: '
    paragraph.append(you)
  }
  if (language) paragraph.lang = language
  paragraph.append(text)
  screen.append(paragraph)
  screen.scrollTop = screen.scrollHeight
}

function how(now) {
  if (!call) return 'Nobody is on the line.'
  if (!now) return 'One moment.'
  const keys = now.digits === 1
    ? 'press one key'
    : `press ${now.digits || 'the'} keys${now.finish_on && !now.digits ? `, then ${now.finish_on}` : ''}`
  if (!now.hears_speech) return `It listens for keys alone: ${keys}.`
  return now.hears_keys ? `It listens (${now.language}): speak, or ${keys}.` : `It listens (${now.language}): speak.`
}

function waiting(now) {
  gather = now
  keypad.listen(now)
  const hears = Boolean(now && now.hears_speech)
  speech.readOnly = !hears
  at('speech-send').disabled = !hears
  at('microphone').hidden = !hears || !ears()
  at('silence').disabled = !now
  at('hang-up').hidden = !call
  at('call').hidden = Boolean(call)
  at('call-from').disabled = Boolean(call)
  listens.textContent = how(now)
  // Only whoever was typing is put back there: a person at the keypad stays at the keypad.
  if (document.activeElement === speech && now && !hears) at('keys').querySelector('button').focus()
}

function play(answered) {
  if (!call) return
  call.sid = answered.call
  for (const { text, language } of answered.spoken) line(text, '', language)
  if (at('aloud').checked) aloud(answered.spoken)
  if (answered.dials) line(`The call is put through to ${answered.dials}.`, 'quiet')
  for (const { text, language } of answered.afterwards) line(`If nobody answers: ${text}`, 'quiet', language)
  if (answered.dials || answered.hangs_up) return over()
  waiting(answered.gather)
}

function over() {
  if (!call) return
  const { sid, from } = call
  const inside = document.activeElement === at('hang-up')
  line('The call has ended.', 'quiet')
  call = null
  waiting(null)
  if (inside) at('call').focus()
  // Twilio tells that a call is over, whoever ended it.
  if (sid) post('/try/call/over', { call: sid, from }).catch((error) => line(error.message, 'quiet'))
}

async function send(path, body) {
  quiet()
  waiting(null)
  const now = call
  try {
    const answered = await post(path, { from: now.from, ...body })
    if (call === now) play(answered)
  } catch (error) {
    if (call !== now) return
    line(error.message, 'quiet')
    over()
  }
}

function answer(said, shown) {
  if (!call || !gather) return
  const { action } = gather
  line(shown, 'mine')
  send('/try/call/heard', { call: call.sid, action, ...said })
}

function silence() {
  if (!call || !gather) return
  if (gather.on_silence) return answer({}, '(silence)')
  line('(silence)', 'mine')
  over()
}

at('call').addEventListener('click', () => {
  screen.replaceChildren()
  call = { from: at('call-from').value, sid: null }
  send('/try/call', {})
  speech.focus()
})

at('hang-up').addEventListener('click', () => {
  quiet()
  over()
})

at('silence').addEventListener('click', silence)

at('speech-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const said = speech.value.trim()
  if (!said || !gather || !gather.hears_speech) return
  speech.value = ''
  answer({ speech: said }, said)
})

at('microphone').addEventListener('click', () => {
  const recognition = ears()
  recognition.lang = gather.language
  recognition.onresult = (event) => {
    speech.value = event.results[0][0].transcript
    at('speech-form').requestSubmit()
  }
  recognition.onerror = (event) => line(`This browser could not listen: ${event.error}.`, 'quiet')
  recognition.start()
})

waiting(null)
