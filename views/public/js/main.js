import '../vendor/htmx.js';
import './form-token.js';
import './menus.js';
import './unsent.js';
import './autosave.js';
import './code-keys.js';
import './print.js';
import './passage.js';
