"""Reading old mailing lists: ``files`` splits an mbox, ``letters`` reads one mail, ``wording`` makes its text
HTML, ``weaving`` finds out which mails belong together. Nothing here touches the database."""
