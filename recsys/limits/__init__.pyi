from .limits import NO_LIMITS as NO_LIMITS, Limit as Limit, Limits as Limits
