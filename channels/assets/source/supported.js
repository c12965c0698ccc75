// Marks the page as able to run GOV.UK Frontend. It stands first in <body>, as a file of its own, because our
// content security policy allows no script inside a page.
document.body.className += " js-enabled" + ("noModule" in HTMLScriptElement.prototype ? " govuk-frontend-supported" : "");
