// The desk's own script: results as they are typed, questions that open when they apply, copying, printing.
// Everything works without it.

for (const hidden of document.querySelectorAll("[data-print], [data-copy]")) hidden.hidden = false;
for (const shown of document.querySelectorAll(".app-without-script")) shown.hidden = true;

for (const button of document.querySelectorAll("[data-print]")) {
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", async () => {
    const status = document.getElementById("copied");
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText.trim());
      status.textContent = "Copied";
    } catch {
      status.textContent = "Your browser did not let us copy it";
    }
    const before = button.innerHTML;
    button.textContent = status.textContent;
    setTimeout(() => (button.innerHTML = before), 2000);
  });
}

const search = document.getElementById("search");
if (search) {
  const box = search.querySelector("input");
  const results = document.getElementById("results");
  const found = document.getElementById("found");
  let asked = null;
  let waits = 0;

  const look = async () => {
    asked?.abort();
    asked = new AbortController();
    const query = box.value.trim();
    const address = new URLSearchParams(query ? { q: query } : {});
    try {
      const answer = await fetch(`/staff/find?${address}`, { signal: asked.signal, redirect: "error" });
      if (!answer.ok) return;
      results.innerHTML = await answer.text();
      found.textContent = results.firstElementChild.dataset.found;
      history.replaceState(null, "", query ? `/staff?${address}` : "/staff");
    } catch {
      // Typed on, signed out or offline: the Search button still works, and says which.
    }
  };

  box.addEventListener("input", () => {
    clearTimeout(waits);
    waits = setTimeout(look, 150);
  });
}

const form = document.getElementById("request");
if (form) {
  const conditional = [...form.querySelectorAll("[data-opens]")].map((element) => ({
    element,
    opens: Object.entries(JSON.parse(element.dataset.opens)),
  }));
  const applies = (name) => !document.getElementById(`about-${name}`)?.hidden;
  const given = (name) => new FormData(form).getAll(name);

  // In the order of the questions, so that a closed one closes those that hang on it.
  const open = () => {
    for (const { element, opens } of conditional) {
      element.hidden = !opens.every(
        ([name, wanted]) => applies(name) && given(name).some((value) => wanted.includes(value)),
      );
    }
  };
  form.addEventListener("change", open);
  form.classList.add("app-follows");
  open();
}
