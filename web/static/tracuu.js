// What a page can do better with a script; every page works without it.
"use strict";

(function () {
  var status = document.getElementById("loi-bao");

  function say(text) {
    status.textContent = "";
    // A live region speaks when its text changes, so the same words twice need a pause between.
    setTimeout(function () { status.textContent = text; }, 50);
  }

  // Copying: the clipboard where the browser allows it, else an ordinary selection and copy.
  function select(node) {
    var range = document.createRange();
    range.selectNodeContents(node);
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  function copyBySelection(text) {
    var field = document.createElement("textarea");
    field.value = text;
    field.className = "hidden";
    field.setAttribute("aria-hidden", "true");
    document.body.appendChild(field);
    field.select();
    var done = false;
    try { done = document.execCommand("copy"); } catch (error) { done = false; }
    field.remove();
    return done;
  }

  function copy(button) {
    var box = button.parentElement;
    var citation = box.querySelector("[data-citation]");
    var text = citation.textContent;
    function done() {
      var name = button.firstChild;
      var before = button.dataset.before || (button.dataset.before = name.nodeValue);
      name.nodeValue = "Đã sao chép";
      say("Đã sao chép trích dẫn.");
      clearTimeout(button.timer);
      button.timer = setTimeout(function () { name.nodeValue = before; }, 2500);
    }
    function failed() {
      if (copyBySelection(text)) {
        button.focus();
        done();
        return;
      }
      var details = box.querySelector("details");
      details.hidden = false;
      details.open = true;
      citation.focus();
      select(citation);
      say("Trình duyệt không cho sao chép tự động. Trích dẫn đã được chọn, hãy bấm Ctrl+C.");
    }
    if (navigator.clipboard && navigator.clipboard.writeText) {
      navigator.clipboard.writeText(text).then(done, failed);
    } else {
      failed();
    }
  }

  // The button replaces the unfolding citation, which is there for browsers without scripts.
  document.querySelectorAll("[data-copy]").forEach(function (button) {
    button.hidden = false;
    button.parentElement.querySelector("details").hidden = true;
  });
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-copy]");
    if (button) copy(button);
  });

  // "/" goes to the search box, as long as nobody is typing.
  document.addEventListener("keydown", function (event) {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.target.isContentEditable) return;
    var box = document.getElementById("o-tim");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // An address with ?passage= but without #: go there all the same.
  var marked = document.querySelector(".sheet .marked");
  if (marked && !location.hash) marked.scrollIntoView({ block: "center" });

  // A folded outline closes once it has led somewhere.
  document.querySelectorAll(".outline-fold").forEach(function (fold) {
    fold.addEventListener("click", function (event) {
      if (event.target.closest("a")) fold.open = false;
    });
  });

  // The outline shows where the reader is.
  var outline = document.querySelector(".outline.wide");
  if (!outline) return;
  var links = {};
  outline.querySelectorAll("a").forEach(function (link) {
    links[decodeURIComponent(link.hash.slice(1))] = link;
  });
  var here = null;
  var headings = Object.keys(links).map(function (id) { return document.getElementById(id); }).filter(Boolean);
  function follow() {
    var current = null;
    for (var i = 0; i < headings.length; i++) {
      if (headings[i].getBoundingClientRect().top > window.innerHeight * 0.35) break;
      current = headings[i];
    }
    var link = current && links[current.id];
    if (link === here) return;
    if (here) { here.classList.remove("here"); here.removeAttribute("aria-current"); }
    here = link;
    if (!here) return;
    here.classList.add("here");
    here.setAttribute("aria-current", "location");
    var top = here.offsetTop - outline.offsetTop;
    if (top < outline.scrollTop || top > outline.scrollTop + outline.clientHeight - 60) {
      outline.scrollTop = top - outline.clientHeight / 3;
    }
  }
  var waiting = false;
  window.addEventListener("scroll", function () {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(function () { waiting = false; follow(); });
  }, { passive: true });
  follow();
})();
