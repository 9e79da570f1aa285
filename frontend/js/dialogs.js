// Dialogs open by <button command="show-modal" commandfor="id">, a native attribute; older browsers get it here.
// A dialog that arrives through htmx with data-open-now opens itself. A click on the veil closes.
if (!("commandForElement" in HTMLButtonElement.prototype)) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[commandfor]");
    const dialog = button && document.getElementById(button.getAttribute("commandfor"));
    if (!dialog) return;
    if (button.getAttribute("command") === "show-modal") dialog.showModal();
    else if (button.getAttribute("command") === "close") dialog.close();
  });
}

document.addEventListener("htmx:afterSwap", () => {
  for (const dialog of document.querySelectorAll("dialog[data-open-now]:not([open])")) {
    dialog.removeAttribute("data-open-now");
    dialog.showModal();
  }
});

document.addEventListener("click", (event) => {
  if (event.target instanceof HTMLDialogElement && !event.target.hasAttribute("data-stays")) event.target.close();
});
