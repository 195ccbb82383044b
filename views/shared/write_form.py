"""Hold the life of a form that writes: it is opened, sent once, says why nothing was stored, and is closed."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from geo.model.errors import ConflictError, StoreUnavailableError, UnknownTaskError
from locales import Language
from services.access.policy import NotAllowedError
from services.reports.forms import TransitionError
from services.reports.photos import PhotoError
from views.shared.context import PageContext
from views.shared.links import plain


@dataclass(frozen=True, slots=True)
class WriteForm:
    """Name what the session keeps of one form.

    Parameters
    ----------
    prefix
        Begins the names of the submission's key, its basis, the click on Send and the outcome, and of the buttons.
    typed
        Keys of the widgets whose content is kept while the form is not drawn.
    held
        Keys of what else is forgotten when the form is closed.
    """

    prefix: str
    typed: tuple[str, ...]
    held: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Where the key lies that makes the submission idempotent."""
        return f"{self.prefix}-key"

    @property
    def basis(self) -> str:
        """Where the `seq` lies that the person saw last."""
        return f"{self.prefix}-basis"

    @property
    def sending(self) -> str:
        """Where the click on Send is remembered."""
        return f"{self.prefix}-sending"

    @property
    def outcome(self) -> str:
        """Where the reason lies why nothing was stored, and the newest `seq` where that is a conflict."""
        return f"{self.prefix}-outcome"

    def preserve(self) -> None:
        """Keep what was typed while the form is not drawn, on another feature or page: Streamlit forgets it."""
        for name in self.typed:
            if name in st.session_state:
                st.session_state[name] = st.session_state[name]

    def open(self, basis: int = 0) -> None:
        """Open the form empty, based on what the person sees now, with a key of its own."""
        self.close()
        st.session_state[self.key], st.session_state[self.basis] = secrets.token_hex(16), basis

    def close(self) -> None:
        """Close the form and forget what was typed."""
        for name in (self.key, self.basis, self.sending, self.outcome, *self.typed, *self.held):
            st.session_state.pop(name, None)

    def send(self, lang: Language, write: Callable[[str, int], object]) -> bool:
        """Write where Send was clicked, with the form's key and basis; return whether it is stored and closed.

        What is refused stands in the outcome, and the form stays open.
        """
        state = st.session_state
        if not state.get(self.sending):
            return False
        try:
            write(state[self.key], state[self.basis])
        except TransitionError as error:
            state[self.outcome] = "\n".join(one.sentence(lang) for one in error.field_errors), None
        except ConflictError as error:
            state[self.outcome] = error.message(lang), error.current
        except (NotAllowedError, PhotoError, UnknownTaskError, StoreUnavailableError) as error:
            state[self.outcome] = error.message(lang), None
        else:
            self.close()
            return True
        state.pop(self.sending, None)  # only now: a run that is cut short by another must not lose the click
        return False

    def show_outcome(self, context: PageContext, newest: Callable[[], object] | None = None) -> None:
        """Say why nothing was stored, until it is sent again or the form is closed.

        After a conflict `newest` draws the version that is stored, and a button takes it as seen; without `newest` the
        reason stands alone.
        """
        text, current = st.session_state.get(self.outcome, ("", None))
        if not text:
            return
        if current is None or newest is None:
            st.error(plain(text))
            return
        st.warning(plain(text))
        newest()
        label = context.words.gettext("Base mine on the newest")
        st.button(label, on_click=self._rebase, args=(current,), key=f"{self.prefix}-rebase")

    def show_buttons(self, context: PageContext, send: str, *, disabled: bool = False) -> None:
        """Draw the buttons that send and close the form."""
        left, right = st.columns(2)
        left.button(
            send,
            key=f"{self.prefix}-send",
            type="primary",
            width="stretch",
            on_click=self._begin_sending,
            disabled=disabled,
        )
        cancel = context.words.gettext("Cancel")
        right.button(cancel, key=f"{self.prefix}-cancel", on_click=self.close, width="stretch")

    def _begin_sending(self) -> None:
        """Remember the click: should the page have to be drawn anew first, the form is still sent."""
        st.session_state[self.sending] = True
        st.session_state.pop(self.outcome, None)

    def _rebase(self, current: int) -> None:
        """Take the newest as seen; the next submission is another one, with a key of its own."""
        st.session_state[self.basis], st.session_state[self.key] = current, secrets.token_hex(16)
        st.session_state.pop(self.outcome, None)
