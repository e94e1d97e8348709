"""The pages of the explorer and the linked data behind them."""
