from .limits import NO_LIMITS as NO_LIMITS, Limits as Limits
