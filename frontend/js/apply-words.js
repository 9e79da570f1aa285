// A button [data-apply] writes what the guard proposes: it replaces the words it was told of in the field it names, and tells the
// field's form as typing would. Words that changed since are left alone; the next look tells anew.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-apply]");
  const field = button && document.getElementById(button.dataset.apply);
  if (!field) return;
  const { start, end, says, with: words } = button.dataset;
  const letters = [...field.value];
  if (letters.slice(Number(start), Number(end)).join("") !== says) return;
  letters.splice(Number(start), Number(end) - Number(start), words);
  field.value = letters.join("");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
