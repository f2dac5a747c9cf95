"""Old mailing lists: ``files`` splits an mbox, ``weaving`` finds out which mails belong together, ``archive``
is all of it for an import. One mail is read by ``network.notifications.inbound``, like one that arrives
today. Nothing here touches the database."""
