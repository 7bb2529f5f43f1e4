import { actCommand } from '../../act-command.ts'

export default actCommand('stop', 'end it as completed')
