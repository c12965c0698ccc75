// The telephone: it plays what the TwiML says, and answers each <Gather> by speech, by key or by silence.
import { post } from './post.js'
import { aloud, ears, quiet } from './speech.js'

const at = (id) => document.getElementById(id)
const [screen, listens, speech, keyed] = ['screen', 'listens', 'speech', 'keyed'].map(at)
const keys = [...document.querySelectorAll('#keys button')]
let call = null
let gather = null

function line(text, who = '') {
  const paragraph = document.createElement('p')
  paragraph.className = who
  paragraph.textContent = text
  screen.append(paragraph)
  screen.scrollTop = screen.scrollHeight
}

function waiting(now) {
  gather = now
  keyed.textContent = ''
  const canSpeak = Boolean(now && now.hears_speech)
  speech.disabled = at('speech-send').disabled = !canSpeak
  at('microphone').hidden = !canSpeak || !ears()
  at('silence').disabled = at('hang-up').disabled = !call
  at('call').disabled = Boolean(call)
  for (const key of keys) key.disabled = !(now && now.hears_keys)
  listens.textContent = !call ? '' : !now ? 'Please wait.' : [
    canSpeak ? `Listening in ${now.language}` : 'Listening for keys only',
    now.digits ? `takes ${now.digits} key${now.digits > 1 ? 's' : ''}` : 'end with #'
  ].join(' · ')
  if (canSpeak) speech.focus()
}

function play(answer) {
  call = answer.call
  for (const { text } of answer.spoken) line(text)
  if (at('aloud').checked) aloud(answer.spoken)
  if (answer.dials) line(`The call is put through to ${answer.dials}.`, 'quiet')
  if (answer.dials || answer.hangs_up) return ended()
  waiting(answer.gather)
}

function ended() {
  line('The call has ended.', 'quiet')
  call = null
  waiting(null)
}

async function send(path, body) {
  quiet()
  waiting(null)
  try {
    play(await post(path, { from: at('call-from').value, ...body }))
  } catch (error) {
    line(error.message, 'quiet')
    ended()
  }
}

function answer(said) {
  if (!call || !gather) return
  send('/try/call/heard', { call, action: gather.action, ...said })
}

at('call').addEventListener('click', () => {
  screen.replaceChildren()
  send('/try/call', {})
})

at('hang-up').addEventListener('click', () => {
  quiet()
  ended()
})

at('silence').addEventListener('click', () => {
  line('(silence)', 'mine')
  answer({})
})

at('speech-form').addEventListener('submit', (event) => {
  event.preventDefault()
  const said = speech.value.trim()
  if (!said) return
  speech.value = ''
  line(said, 'mine')
  answer({ speech: said })
})

for (const key of keys) {
  key.addEventListener('click', () => {
    if (!gather) return
    const pressed = key.dataset.key
    const soFar = keyed.textContent
    if (pressed === gather.finish_on) {
      line(soFar, 'mine')
      return answer({ keys: soFar })
    }
    keyed.textContent = soFar + pressed
    if (gather.digits && keyed.textContent.length >= gather.digits) {
      line(keyed.textContent, 'mine')
      answer({ keys: keyed.textContent })
    }
  })
}

at('microphone').addEventListener('click', () => {
  const recognition = ears()
  recognition.lang = gather.language
  recognition.onresult = (event) => {
    speech.value = event.results[0][0].transcript
  }
  recognition.start()
})

waiting(null)
