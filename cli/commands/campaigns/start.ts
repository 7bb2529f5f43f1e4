import { actCommand } from '../../act-command.ts'

export default actCommand('start', 'begin to call')
