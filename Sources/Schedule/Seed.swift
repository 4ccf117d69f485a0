/// The EventBridge and cron schedules, as pure functions of instants.
package enum ScheduleNames {}
