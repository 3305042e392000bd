"""Pages of incidents and complaints."""
