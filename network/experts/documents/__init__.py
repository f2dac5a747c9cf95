"""One profile ends repeated forms: a CV, a nomination form and an interest disclosure, made from it."""

from network.experts.documents.outline import Outline, outline
from network.experts.documents.papers import PAPERS, Paper, Part
from network.experts.documents.print import pdf
from network.experts.documents.word import docx

__all__ = ["PAPERS", "Outline", "Paper", "Part", "docx", "outline", "pdf"]
