// The browser's own voice and ears, where it has them.
export function aloud(spoken) {
  if (!('speechSynthesis' in window)) return
  const voices = window.speechSynthesis.getVoices()
  for (const { text, language } of spoken) {
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = language
    const voice = voices.find((one) => one.lang === language) ||
      voices.find((one) => one.lang.startsWith(language.slice(0, 2)))
    // A browser without a Welsh voice would read Welsh as if it were English: the words on the screen must do.
    if (!voice && voices.length > 0) continue
    if (voice) utterance.voice = voice
    window.speechSynthesis.speak(utterance)
  }
}

export function quiet() {
  if ('speechSynthesis' in window) window.speechSynthesis.cancel()
}

export function ears() {
  const Recognition = window.SpeechRecognition || window.webkitSpeechRecognition
  return Recognition ? new Recognition() : null
}
