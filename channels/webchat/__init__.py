"""The web chat: a page that works whole without JavaScript, and better with it."""
