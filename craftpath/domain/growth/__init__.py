"""Growth: what all the record says of one person's skills, stage by stage, beside the peers' median."""
