// Marks on results without leaving the page, and which results are opened. Only loaded where the
// administrator has switched collecting on.
"use strict";

(function () {
  var status = document.getElementById("loi-bao");

  function fields(form, mark) {
    var body = new URLSearchParams(new FormData(form));
    body.set("mark", mark);
    return body;
  }

  document.addEventListener("submit", function (event) {
    var form = event.target.closest(".useful");
    if (!form || !event.submitter) return;
    event.preventDefault();
    var chosen = event.submitter;
    fetch(form.action, { method: "POST", body: fields(form, chosen.value), headers: { Accept: "application/json" } })
      .then(function (answer) {
        if (!answer.ok) throw new Error(String(answer.status));
        form.querySelectorAll("button").forEach(function (button) {
          button.setAttribute("aria-pressed", String(button === chosen));
        });
        status.textContent = "Đã ghi nhận xét.";
      })
      .catch(function () { status.textContent = "Chưa ghi được nhận xét. Hãy tải lại trang rồi thử lại."; });
  });

  function opened(event) {
    var link = event.target.closest("a.open");
    var form = link && link.closest(".acts").querySelector(".useful");
    if (form) navigator.sendBeacon(form.action, fields(form, "opened"));
  }
  document.addEventListener("click", opened);
  document.addEventListener("auxclick", function (event) { if (event.button === 1) opened(event); });
})();
