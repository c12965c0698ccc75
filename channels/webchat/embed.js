// Puts a way into the chat on any page: <script src="https://OUR-ADDRESS/embed.js" defer></script>. A link stands
// in the corner; on the council's own site it opens the chat in a frame, elsewhere it leads to the chat's page
// (a browser does not let another site's frame keep the cookie that holds a chat together).
// data-label: the link's words; data-lang: en or cy; data-frame="no": always a link.
(() => {
  const script = document.currentScript;
  const home = new URL("/chat", script.src);
  const { label, lang, frame } = script.dataset;
  const language = lang === "cy" ? "cy" : "en";
  home.searchParams.set("lang", language);
  const words = "WORDS"[language];

  const root = document.createElement("div");
  const shadow = root.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; }
    a, button { font: bold 19px/1.3 Arial, sans-serif; box-sizing: border-box; min-height: 44px; padding: 10px 16px;
      border: 2px solid transparent; color: #fff; background: #1d70b8; text-decoration: none; cursor: pointer; }
    a { position: fixed; right: 16px; bottom: 16px; z-index: 2147483000; box-shadow: 0 2px 0 #0b0c0c; }
    a:focus, button:focus { outline: 3px solid transparent; color: #0b0c0c; background: #fd0; box-shadow: 0 4px 0 #0b0c0c; }
    dialog { position: fixed; inset: auto 16px 16px auto; z-index: 2147483000; box-sizing: border-box; width: min(480px, calc(100vw - 32px));
      height: min(720px, calc(100vh - 32px)); margin: 0; padding: 0; border: 2px solid #0b0c0c; background: #fff; }
    dialog[open] { display: flex; flex-direction: column; }
    iframe { flex: 1; width: 100%; border: 0; }
  `);
  shadow.adoptedStyleSheets = [sheet];

  const launcher = document.createElement("a");
  launcher.href = home.href;
  launcher.lang = language;
  launcher.textContent = label || words.open;
  shadow.append(launcher);
  document.body.append(root);

  // The same site is the same last labels of the name: only there does the frame keep its chat.
  const site = (host) => host.split(".").slice(-3).join(".");
  if (frame === "no" || site(home.hostname) !== site(location.hostname)) {
    return;
  }

  const dialog = document.createElement("dialog");
  dialog.lang = language;
  dialog.setAttribute("aria-label", launcher.textContent);
  const close = document.createElement("button");
  close.type = "button";
  close.textContent = words.close;
  dialog.append(close);
  shadow.append(dialog);

  launcher.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (dialog.querySelector("iframe") === null) {
      const view = document.createElement("iframe");
      const inside = new URL(home);
      inside.searchParams.set("embedded", "1");
      view.src = inside.href;
      view.title = launcher.textContent;
      dialog.append(view);
    }
    dialog.show();
    close.focus();
  });
  const shut = () => {
    dialog.close();
    launcher.focus();
  };
  close.addEventListener("click", shut);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      shut();
    }
  });
})();
