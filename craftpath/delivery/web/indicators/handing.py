"""TODO"""
from django.http import HttpResponse
def handover(request, organisation): return HttpResponse("")
def publish(request, organisation, indicator, verb): return HttpResponse("")
