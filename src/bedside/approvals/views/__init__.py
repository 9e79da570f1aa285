"""The pages of this room: the queue, one request, routes; and the page of an outside signer."""
