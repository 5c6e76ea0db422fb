// The fields of Django's admin in which one types to find a row (Select2) are named by
// what is chosen only; here they get the words that stand before them as well.

function give_names(part) {
  for (const chooser of part.querySelectorAll(".select2-selection")) {
    const field = chooser.closest(".select2").previousElementSibling;
    const words = field?.getAttribute("aria-label") ?? field?.labels?.[0]?.textContent;
    if (!words) continue;
    const chosen = chooser.querySelector(".select2-selection__rendered");
    chooser.id = `${field.id}-chooser`;
    chooser.setAttribute("aria-label", words.trim());
    chooser.setAttribute("aria-labelledby", `${chooser.id} ${chosen.id}`.trim());
    // What is chosen is shown there, not typed.
    chosen.removeAttribute("role");
    chosen.removeAttribute("aria-readonly");
    chooser.querySelector("input")?.setAttribute("aria-label", words.trim());
  }
}

// After Django's own, which has asked to be called before: this script is deferred.
window.django?.jQuery?.(() => give_names(document));
document.addEventListener("formset:added", (event) => {
  setTimeout(() => give_names(event.target));
});
