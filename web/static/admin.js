// The administrator's page: files dropped and sent one by one, and what becomes of them watched.
"use strict";

(function () {
  var form = document.getElementById("nap");
  var progress = document.getElementById("tien-do");
  var status = document.getElementById("loi-bao");
  if (!progress) return;

  function say(text) { status.textContent = text; }

  // Watching: the state is asked for as JSON, and the list is drawn by the server when it has changed.
  var last = "";
  var timer = null;
  function watch(soon) {
    clearTimeout(timer);
    timer = setTimeout(look, soon ? 100 : 1200);
  }
  function look() {
    fetch("/api/admin/status", { headers: { Accept: "application/json" } })
      .then(function (answer) { if (!answer.ok) throw new Error(); return answer.json(); })
      .then(function (found) {
        var now = JSON.stringify(found);
        var drawn = now === last ? Promise.resolve() : draw(now);
        return drawn.then(function () { if (found.busy || sending) watch(); });
      })
      .catch(function () { watch(); });
  }
  function draw(now) {
    return fetch("/admin/progress").then(function (answer) {
      if (!answer.ok) throw new Error();
      return answer.text();
    }).then(function (html) {
      var focused = document.activeElement && progress.contains(document.activeElement) ? document.activeElement.id : "";
      progress.innerHTML = html;
      last = now;
      if (focused && document.getElementById(focused)) document.getElementById(focused).focus();
      say(document.getElementById("viec").textContent);
    });
  }
  if (document.getElementById("viec").dataset.busy === "1") watch();
  document.addEventListener("visibilitychange", function () { if (!document.hidden) watch(true); });

  // Sending: one request per file, two at a time, each with its own bar and its own refusal.
  if (!form || !window.XMLHttpRequest || !window.FormData) return;
  var list = document.getElementById("dang-gui");
  var input = document.getElementById("tep");
  var proof = form.querySelector("[name=proof]").value;
  var most = Number(form.dataset.most);
  var kinds = form.dataset.kinds.split(",");
  var queue = [];
  var sending = 0;

  function add(files) {
    Array.prototype.forEach.call(files, function (file) {
      var row = document.createElement("li");
      var name = document.createElement("span");
      name.textContent = file.name;
      var bar = document.createElement("progress");
      bar.max = 1;
      bar.value = 0;
      bar.setAttribute("aria-label", "Gửi " + file.name);
      row.append(name, bar);
      list.append(row);
      list.hidden = false;
      queue.push({ file: file, row: row, bar: bar });
    });
    next();
  }
  function refuse(item, reason) {
    item.bar.remove();
    var why = document.createElement("p");
    why.className = "why";
    why.textContent = reason;
    item.row.append(why);
    say(reason);
  }
  function next() {
    while (sending < 2 && queue.length) send(queue.shift());
  }
  function send(item) {
    var file = item.file;
    var suffix = file.name.slice(file.name.lastIndexOf(".")).toLowerCase();
    if (kinds.indexOf(suffix) < 0) {
      return refuse(item, file.name + ": loại tệp này không đọc được; nhận: " + kinds.join(", ") + ".");
    }
    if (file.size > most) {
      return refuse(item, file.name + ": tệp quá lớn (tối đa " + Math.floor(most / 1e6) + " MB).");
    }
    var request = new XMLHttpRequest();
    sending += 1;
    request.open("POST", "/api/admin/files?name=" + encodeURIComponent(file.name.slice(-300)));
    request.setRequestHeader("X-Tracuu-Proof", proof);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", function (event) {
      if (event.lengthComputable) item.bar.value = event.loaded / event.total;
    });
    request.addEventListener("loadend", function () {
      sending -= 1;
      if (request.status === 202) {
        item.row.remove();
        if (!list.children.length) list.hidden = true;
      } else {
        var said = "";
        try { said = JSON.parse(request.responseText).error.message; } catch (error) { said = ""; }
        refuse(item, said || file.name + ": không gửi được; hãy kiểm tra máy chủ rồi gửi lại.");
      }
      watch(true);
      next();
    });
    request.send(file);
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    add(input.files);
    input.value = "";
  });
  form.querySelector(".drop-hint").hidden = false;
  ["dragenter", "dragover"].forEach(function (name) {
    form.addEventListener(name, function (event) { event.preventDefault(); form.classList.add("over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    form.addEventListener(name, function (event) { event.preventDefault(); form.classList.remove("over"); });
  });
  form.addEventListener("drop", function (event) { add(event.dataTransfer.files); });
})();
