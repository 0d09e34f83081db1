"""The questions that can be asked: each takes who asks first, answers within their scope, or refuses."""
