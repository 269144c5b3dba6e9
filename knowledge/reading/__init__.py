"""Text to spans: amounts, periods, qualifiers. Shared by notices and questions, knows neither."""
