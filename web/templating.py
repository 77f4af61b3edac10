"""Templates: Jinja2 with everything escaped and nothing undefined."""

from typing import Final

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse

from web.assets import Assets
from web.wording import MISSING, duration, number, show_date, typed_date

__all__ = ["Templates"]

_FILTERS: Final = {"number": number, "date": show_date, "typed_date": typed_date, "duration": duration}


class Templates:
    """Renders the templates of `web/templates`."""

    def __init__(self, assets: Assets, *packages: str, administered: bool = False) -> None:
        """With `packages`, also the templates of theirs, which come before those of the same name."""
        self._environment = Environment(
            loader=ChoiceLoader([PackageLoader(package) for package in (*packages, "web")]),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
        )
        self._environment.filters.update(_FILTERS)
        self._environment.globals.update(
            static=assets.url, MISSING=MISSING, administered=administered, feedback=None
        )

    def always(self, **values: object) -> None:
        """Give all templates these values."""
        self._environment.globals.update(values)

    def page(self, template: str, status: int = 200, /, **values: object) -> HTMLResponse:
        """One whole page. `q` is what the search box in its head holds; `sample` shows the banner."""
        values.setdefault("q", "")
        values.setdefault("sample", False)
        html = self._environment.get_template(template).render(values)
        # A lone surrogate, which a hostile address can carry, has no UTF-8 form.
        return HTMLResponse(html.encode("utf-8", "replace"), status_code=status)
