// Suggestions under the search box: an editable combobox with a list (ARIA 1.2). Without this script
// the box is an ordinary one; where the server cannot answer, nothing shows.
"use strict";

(function () {
  var box = document.getElementById("o-tim");
  if (!box || !window.fetch || !window.AbortController || !box.form.requestSubmit) return;

  var PAUSE = 120;   // milliseconds without a key before the server is asked
  var MOST = 8;
  var KINDS = { document: "văn bản", heading: "đề mục", term: "" };

  var list = document.createElement("ul");
  list.id = "goi-y";
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Gợi ý");
  box.after(list);
  box.form.classList.add("suggesting");
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);
  // The browser's own list of things typed before would lie over ours.
  box.setAttribute("autocomplete", "off");

  var status = document.getElementById("loi-bao");
  var shown = [];      // what the list holds
  var active = -1;     // which of them the arrows stand on
  var asked = "";      // what the list answers
  var waiting = 0;
  var under = null;    // the question under way

  function open() { return !list.hidden; }

  function close() {
    clearTimeout(waiting);
    if (under) under.abort();
    under = null;
    asked = "";
    if (!open()) return;
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    stand(-1);
  }

  function stand(on) {
    if (active >= 0 && list.children[active]) list.children[active].setAttribute("aria-selected", "false");
    active = on;
    if (on < 0) {
      box.removeAttribute("aria-activedescendant");
      return;
    }
    var option = list.children[on];
    option.setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // The parts that were typed stand out; everything goes in as text, never as markup.
  function words(suggestion) {
    var line = document.createElement("span");
    line.className = "what";
    var at = 0;
    suggestion.highlights.forEach(function (span) {
      line.append(suggestion.text.slice(at, span[0]));
      var typed = document.createElement("b");
      typed.textContent = suggestion.text.slice(span[0], span[1]);
      line.append(typed);
      at = span[1];
    });
    line.append(suggestion.text.slice(at));
    return line;
  }

  function option(suggestion, number) {
    var item = document.createElement("li");
    item.id = "goi-y-" + number;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    item.append(words(suggestion));
    [["detail", suggestion.detail], ["kind", KINDS[suggestion.kind]]].forEach(function (part) {
      if (!part[1]) return;
      var more = document.createElement("span");
      more.className = part[0];
      more.textContent = part[1];
      item.append(" ", more);
    });
    return item;
  }

  function show(suggestions) {
    var same = open() && suggestions.length === shown.length && suggestions.every(function (one, number) {
      return one.url === shown[number].url && String(one.highlights) === String(shown[number].highlights);
    });
    if (same) return;  // nothing to redraw
    shown = suggestions;
    active = -1;
    box.removeAttribute("aria-activedescendant");
    list.replaceChildren.apply(list, suggestions.map(option));
    list.scrollTop = 0;
    list.hidden = !suggestions.length;
    box.setAttribute("aria-expanded", String(open()));
    status.textContent = suggestions.length ? suggestions.length + " gợi ý, dùng phím mũi tên để chọn." : "";
  }

  // A list that is open stays until the next answer is there: nothing flickers between two keys.
  function ask() {
    var typed = box.value;
    if (!typed.trim()) { close(); return; }
    if (typed === asked) return;
    if (under) under.abort();
    var question = under = new AbortController();
    fetch("/api/suggest?limit=" + MOST + "&q=" + encodeURIComponent(typed.slice(0, 300)), { signal: question.signal })
      .then(function (answer) { return answer.ok ? answer.json() : { suggestions: [] }; })
      .then(function (found) {
        if (question !== under || document.activeElement !== box) return;
        under = null;
        asked = typed;
        show(found.suggestions);
      })
      .catch(function () { if (question === under) close(); });
  }

  function choose(number) {
    var chosen = shown[number];
    close();
    if (chosen.kind === "document") {
      location.assign(chosen.url);
      return;
    }
    box.value = chosen.text;
    box.form.requestSubmit();  // with the filters that are set
  }

  box.addEventListener("input", function () {
    clearTimeout(waiting);
    if (!box.value.trim()) { close(); return; }
    waiting = setTimeout(ask, PAUSE);
  });

  box.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    var last = shown.length - 1;
    if (!open()) {
      if (event.key === "ArrowDown" && box.value.trim()) { event.preventDefault(); asked = ""; ask(); }
      return;
    }
    if (event.key === "ArrowDown") stand(active === last ? -1 : active + 1);
    else if (event.key === "ArrowUp") stand(active < 0 ? last : active - 1);
    else if (event.key === "Home" && active >= 0) stand(0);
    else if (event.key === "End" && active >= 0) stand(last);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) choose(active);
    else {
      if (event.key === "Enter" || event.key === "Tab") close();
      else if (/^Arrow|^Home$|^End$/.test(event.key)) stand(-1);  // the caret moves, the choice is given up
      return;
    }
    event.preventDefault();
  });

  // Pressing must not take the focus from the box, or the list would close before the click.
  list.addEventListener("mousedown", function (event) { event.preventDefault(); });
  list.addEventListener("click", function (event) {
    var item = event.target.closest("li");
    if (item) choose(Array.prototype.indexOf.call(list.children, item));
  });
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  window.addEventListener("pagehide", close);
})();
