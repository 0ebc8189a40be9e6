internal import Events
