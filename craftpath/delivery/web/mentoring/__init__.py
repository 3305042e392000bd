"""Pages of what a pair does together: goals and meetings, the halfway talk, the product, agreement, graduation."""
