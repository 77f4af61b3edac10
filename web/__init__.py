"""The pages over `search_api`: Vietnamese, working without JavaScript, fetching nothing from outside."""
