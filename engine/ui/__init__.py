"""What staff see. Talks to the api over HTTP only, through engine.ui.client."""
