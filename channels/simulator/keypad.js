// The keypad: what is keyed so far, and when it is whole. As Twilio does it: at so many keys, at the key that
// ends an answer, or when no key was pressed for as long as the <Gather> waits.
export class Keypad {
  constructor(keys, screen, done, whole) {
    Object.assign(this, { keys, screen, done, whole, gather: null, timer: null })
    for (const key of keys) key.addEventListener('click', () => this.press(key.dataset.key))
    keys[0].parentElement.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const named = keys.find((key) => key.dataset.key === event.key)
      if (!named) return
      event.preventDefault()
      named.focus()
      this.press(event.key)
    })
    done.addEventListener('click', () => this.end())
    this.listen(null)
  }

  // Disabled keys would lose the keyboard's place at each turn: they say so, and do nothing.
  listen(gather) {
    clearTimeout(this.timer)
    this.gather = gather && gather.hears_keys ? gather : null
    this.screen.textContent = ''
    for (const key of this.keys) key.setAttribute('aria-disabled', String(!this.gather))
    this.done.hidden = true
  }

  press(key) {
    if (!this.gather) return
    if (key === this.gather.finish_on) return this.end()
    this.screen.textContent += key
    if (this.gather.digits && this.screen.textContent.length >= this.gather.digits) return this.end()
    this.done.hidden = false
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.end(), this.gather.timeout * 1000)
  }

  end() {
    const keyed = this.screen.textContent
    const inside = document.activeElement === this.done
    this.listen(null)
    if (inside) this.keys[0].focus()
    this.whole(keyed)
  }
}
