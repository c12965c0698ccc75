// Starts the components of GOV.UK Frontend that are on the page.
import { initAll } from "./govuk-frontend.min.js";

initAll();
