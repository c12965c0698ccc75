// Makes the chat better where scripts run: a message is sent without loading the page, the reply is added to
// the log (a live region, so that it is read out), and the keyboard is put where the next answer goes. The page
// is whole without this file: it sends the same forms, and where it does not know what to do it lets the
// browser send them.
import { initAll } from "./govuk-frontend.min.js";

const chat = document.getElementById("chat");
const log = document.getElementById("log");
const entries = document.getElementById("entries");
const place = document.getElementById("form");
const busy = document.getElementById("busy");
const title = document.title.replace(`${chat.dataset.errorPrefix}: `, "");
const address = `/channels/webchat/conversations/${chat.dataset.conversation}`;
const PATIENCE_MS = 30000;

let sending = false;
let mark = chat.dataset.mark;
let seen = "";
let work = Promise.resolve();

chat.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.classList.contains("app-form")) {
    return;
  }
  event.preventDefault();
  if (!sending) {
    work = send(form, event.submitter);
  }
});

// Enter sends a message, as chats do; Shift and Enter begins a new line. An answer's own box is left alone, and
// so is the Enter that ends the composing of a character.
chat.addEventListener("keydown", (event) => {
  const box = event.target;
  const composing = event.isComposing || event.keyCode === 229;
  if (event.key !== "Enter" || event.shiftKey || composing || box.tagName !== "TEXTAREA") {
    return;
  }
  if (box.form.classList.contains("app-form--message")) {
    event.preventDefault();
    box.form.requestSubmit();
  }
});

follow();

async function send(form, button) {
  const said = button && button.name === "say" ? button.value : textOf(form);
  const field = (name) => form.elements.namedItem(name).value;
  const body = JSON.stringify({ text: said, turn: field("turn"), seen: field("seen") });
  begin(form);
  let page;
  try {
    const answer = await fetch(`${address}/messages`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": field("csrf") },
      body,
      credentials: "same-origin",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    page = (await answer.json()).page;
  } catch (error) {
    end(form);
    if (error instanceof SyntaxError) {
      byBrowser(form, button);
    } else {
      notSent(form);
    }
    return;
  }
  if (page === undefined) {
    // The chat is no longer ours to enter, or something is wrong here: the page itself says what to do.
    end(form);
    byBrowser(form, button);
    return;
  }
  await show(page);
  end(form);
}

// What a form would send: ticked labels in a row, one chosen label, or what was typed.
function textOf(form) {
  return new FormData(form).getAll("text").join(", ");
}

function byBrowser(form, button) {
  sending = true;
  if (button && button.name === "say") {
    const held = document.createElement("input");
    held.type = "hidden";
    held.name = "say";
    held.value = button.value;
    form.append(held);
  }
  form.submit();
}

function begin(form) {
  sending = true;
  form.setAttribute("aria-busy", "true");
  busy.textContent = chat.dataset.sending;
}

function end(form) {
  sending = false;
  form.removeAttribute("aria-busy");
  busy.textContent = "";
}

// Shows the new state of the conversation after a message of ours.
async function show(page) {
  const first = await add(page);
  place.innerHTML = page.form;
  initAll({ scope: place });
  spoken(page);
  const summary = place.querySelector(".govuk-error-summary");
  const control = place.querySelector("#answer:not(div), #answer input, #answer button");
  if (summary === null) {
    control?.focus({ preventScroll: true });
  }
  // Otherwise GOV.UK Frontend has put the keyboard on the summary already: it is an alert, and is read out.
  // All of the reply and its form, where the window can hold both; else the reply's beginning matters most.
  const top = first ?? place;
  const fits = place.getBoundingClientRect().bottom - top.getBoundingClientRect().top <= window.innerHeight;
  if (fits) {
    place.scrollIntoView({ block: "nearest" });
  } else {
    top.scrollIntoView({ block: "start" });
  }
}

// Adds what the log does not have, and gives a late answer its place. What the person
// said, and the question that it answered, they know: those are added while the region is off, and it stays off
// until the browser has told its accessibility tree, so that a screen reader reads out just what is new.
// Returns the first entry of the reply.
async function add(page) {
  const made = document.createElement("template");
  made.innerHTML = page.entries;
  const fresh = [];
  for (const entry of [...made.content.children]) {
    const held = document.getElementById(entry.id);
    if (held === null) {
      fresh.push(entry);
    } else if (held.dataset.digest !== entry.dataset.digest) {
      held.replaceWith(entry);
    }
  }
  const said = fresh.findLastIndex((entry) => entry.classList.contains("app-entry--you"));
  const known = fresh.slice(0, said + 1);
  const reply = fresh.slice(said + 1);
  if (known.length > 0) {
    log.setAttribute("aria-live", "off");
    entries.append(...known);
    await painted();
    log.setAttribute("aria-live", "polite");
  }
  entries.append(...reply);
  return reply[0] ?? known[known.length - 1];
}

// Two frames: the first is drawn before the second begins. A hidden tab draws none, so a moment does as well.
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => requestAnimationFrame(done));
    setTimeout(done, 150);
  });
}

function spoken(page) {
  mark = page.mark;
  seen = page.seen;
  document.title = page.problem ? `${chat.dataset.errorPrefix}: ${title}` : title;
  if (document.documentElement.lang !== page.language) {
    // The conversation changed its language: so do the words around it.
    window.location.assign(window.location.pathname + window.location.search.replace(/lang=\w+&?/, ""));
  }
}

// Nothing could be sent. What was typed stays where it is, under the same key, so that sending it again is safe.
function notSent(form) {
  place.querySelector(".govuk-error-summary")?.remove();
  const summary = document.createElement("div");
  summary.className = "govuk-error-summary";
  summary.setAttribute("data-module", "govuk-error-summary");
  const alert = document.createElement("div");
  alert.setAttribute("role", "alert");
  const heading = document.createElement("h2");
  heading.className = "govuk-error-summary__title";
  heading.textContent = chat.dataset.problemTitle;
  const told = document.createElement("p");
  told.className = "govuk-body";
  told.textContent = chat.dataset.notSent;
  alert.append(heading, told);
  summary.append(alert);
  form.before(summary);
  initAll({ scope: place });
  document.title = `${chat.dataset.errorPrefix}: ${title}`;
}

// Listens for what comes without being asked: a late answer, a message of ours. The form is only exchanged
// while nobody is using it.
function follow() {
  if (!("EventSource" in window)) {
    return;
  }
  const events = new EventSource(`${address}/events?mark=${encodeURIComponent(mark)}`);
  events.addEventListener("page", (event) => {
    work = work.then(() => came(JSON.parse(event.data)));
  });
  window.addEventListener("pagehide", () => events.close());
}

async function came(page) {
  // Moments sort as text: what was written before our own last reply came is old news.
  if (page.mark === mark || page.seen < seen) {
    return;
  }
  await add(page);
  const boxes = [...place.querySelectorAll("textarea, input[type=text]")];
  if (!place.contains(document.activeElement) && boxes.every((box) => box.value === box.defaultValue)) {
    place.innerHTML = page.form;
    initAll({ scope: place });
  } else {
    for (const held of place.querySelectorAll("input[name=seen]")) {
      held.value = page.seen;
    }
  }
  spoken(page);
}
