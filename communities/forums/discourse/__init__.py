"""Reading what Discourse gives out: ``files`` finds the topics, ``topics`` reads their posts, ``cooked``
makes their HTML ours, ``people`` knows addresses. Nothing here touches the database."""
