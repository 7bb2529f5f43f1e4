import campaigns from './campaigns.json'
import places from './places.json'
import shell from './shell.json'

/** What the first page says. */
export default { ...shell, campaigns, places }
