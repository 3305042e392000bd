"""The gallery: every component with its variants, in the reader's language and theme."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from craftpath.delivery.web.components import figure_samples, samples


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Show invented examples only, so that the page may be public."""
    context = {
        "parts": samples.parts(),
        "finished": samples.finished_parts(),
        "stages": samples.stages(),
        "by_stage": samples.by_stage(),
        "steps": samples.steps(),
        "crumbs": samples.crumbs(),
        "tabs": samples.tabs(),
        "page": samples.page(),
        "ways": dict.fromkeys(("xlsx", "csv", "pdf"), "#tables"),
        "rows": samples.rows(),
        "sort": request.GET.get("sort", "-to_date"),
        "choices": samples.choices(),
        "histogram": samples.histogram(),
        "boxplot": samples.boxplot(),
        "figures": figure_samples.charts(),
        "small_line": figure_samples.small_line(),
        "plot": samples.plot(),
        "form": samples.SampleForm(),
        "faulty": samples.faulty_form(),
        "pick_form": samples.SamplePickForm(),
        "file_form": samples.SampleFileForm(),
        "icons": samples.ICONS,
        "colours": samples.COLOURS,
    }
    return render(request, "components/gallery.html", context)
