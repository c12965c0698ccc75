// The browser's own voice and ears, where it has them.
export function aloud(spoken) {
  if (!('speechSynthesis' in window)) return
  for (const { text, language } of spoken) {
    const utterance = new SpeechSynthesisUtterance(text)
    utterance.lang = language
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
