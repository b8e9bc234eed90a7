// The desk's page in Spanish: signing in, and a first visit by an invitation.
import type { entry as french } from '../fr/entry';
import { count } from './count';

export const entry: typeof french = {
  signIn: {
    title: 'Puesto de atención',
    intro: 'Inicie sesión para responder a la ciudadanía.',
    email: 'Correo electrónico',
    password: 'Contraseña',
    show: 'Mostrar la contraseña',
    hide: 'Ocultar la contraseña',
    enter: 'Iniciar sesión',
    entering: 'Iniciando sesión…',
    wrong: 'El correo o la contraseña no son correctos.',
    wait: (minutes) => `Demasiados intentos. Inténtelo de nuevo dentro de ${count(minutes, 'minuto', 'minutos')}.`,
    again: 'Su sesión ha terminado. Sus borradores se conservan: inicie sesión de nuevo para continuar.',
    directory: (name) => `Iniciar sesión con ${name}`,
    door: {
      failed: 'No se ha podido iniciar sesión mediante el directorio. Inténtelo de nuevo.',
      unknown: 'El directorio conoce su cuenta; este puesto, no. Pida a su administrador que le invite.',
      away: 'El directorio no responde. Inténtelo más tarde o entre con su contraseña.',
      'too-many': 'Demasiados intentos. Inténtelo de nuevo dentro de unos minutos.',
    },
    unreachable: 'El servidor no responde. Esta página lo sigue intentando.',
  },
  invitation: {
    title: 'Le damos la bienvenida',
    intro: (town, email) => `Va a incorporarse al puesto de atención de ${town}${email ? ` con el correo ${email}` : ''}.`,
    yourName: 'Su nombre, tal como lo leerá la ciudadanía',
    password: 'Elija una contraseña',
    rule: 'Doce caracteres o más. Cuatro palabras seguidas sirven muy bien.',
    weak: 'Elija al menos doce caracteres que nadie pueda adivinar: ni su nombre ni el del municipio.',
    enter: 'Entrar',
    invalid: 'Este enlace ya se ha usado, ha caducado o no está completo. Pida otro a su administrador.',
  },
};
