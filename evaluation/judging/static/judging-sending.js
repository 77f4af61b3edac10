// Sending what a judge does: one form after the other, each again and again until the server has it.
"use strict";

// `url` takes the forms, `token` proves that they are ours; `shown` is told the state that the server
// answers with, `complain` what went wrong ("" for nothing), `refused` that a form was turned down.
function JudgingSender(url, token, shown, complain, refused) {
  var waiting = [];
  var sending = false;
  var troubled = false;

  function trouble(text) {
    troubled = Boolean(text);
    complain(text);
  }

  function next() {
    var one = waiting[0];
    if (!one) { sending = false; return; }
    sending = true;
    var body = new URLSearchParams(one.fields);
    body.set("token", token);
    fetch(url, { method: "POST", body: body, headers: { Accept: "application/json" }, keepalive: true })
      .then(function (answer) {
        return answer.json().then(function (state) { return { ok: answer.ok, state: state }; });
      })
      .then(function (answer) {
        waiting.shift();
        if (answer.ok) {
          if (!waiting.length) trouble("");
          shown(answer.state);
          if (one.done) one.done(answer.state);
        } else {
          trouble(answer.state.error);
          refused();
        }
        next();
      })
      .catch(function () {
        trouble("Chưa ghi được vì không tới được máy chủ. Đang thử lại; xin đừng đóng trang này.");
        setTimeout(next, 2000);
      });
  }

  window.addEventListener("beforeunload", function (event) {
    if (waiting.length && troubled) event.preventDefault();
  });

  // `done` is told the state once the form is recorded.
  this.send = function (fields, done) {
    waiting.push({ fields: fields, done: done });
    if (!sending) next();
  };
  this.idle = function () { return !waiting.length; };
}
