import { actCommand } from '../../act-command.ts'

export default actCommand('pause', 'pause: after the answer no new call leaves')
