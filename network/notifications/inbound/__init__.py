"""Mail that comes in.

``addresses`` knows what an address of ours stands for, ``doors`` what rooms do with a mail to it. ``smtp``
and ``imap`` receive; ``intake`` keeps each mail once, sealed (``raw``); ``working`` takes it through its
door, in one transaction with the deed. In between, ``letters`` (with ``charsets``, ``wording``,
``unpacking``) reads a mail, ``natures`` tells people from machines, ``trust`` what of its head may be
believed, ``forwarded`` finds the mail inside a mail. ``asking`` asks whether it is hers, ``answers`` writes
back, ``bounces`` suspends addresses that do not work.
"""
